"""Free texts of templates: small Jinja that can name values, choose, and walk given lists."""
