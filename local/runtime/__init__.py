"""The function environment of the local cloud: AWS's runtime client on the source tree."""
