"""Documents and mails from one view: every word from templates/words, nothing computed here."""
