"""Images: what their headers say, what is stripped of them, and the files derived of them."""
