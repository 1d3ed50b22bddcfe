"""Pure rules of birth registration: validations, tracks, checklist, deadlines, guards. Used alike by page, API and import."""
