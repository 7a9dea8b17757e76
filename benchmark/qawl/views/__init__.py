"""Results for people: terminal, Markdown. A view computes nothing that it shows."""
