"""What a second person confirms, who approves how much, who is away and who keeps away, over the API."""
