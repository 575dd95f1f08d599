"""DynamoDB by its rules: conditions, transactions, indexes, pages, request units."""
