"""From charges to documents: grouped, totalled, expressed, closed."""
