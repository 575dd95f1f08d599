"""The pages of a customer: what a document asks for, how it is paid, what became of it."""
