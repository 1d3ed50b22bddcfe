"""What every resource of the API is made of. As the pages' bases, it takes policy objects and never imports access."""
