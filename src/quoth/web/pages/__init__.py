"""A file for each page, or group of pages that go together: what it shows, and the forms it takes."""
