"""Pure rules of birth registration: validations, tracks, checklist, deadlines, guards."""
