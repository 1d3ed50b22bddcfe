"""Write birth registrations: one public function per verb."""
