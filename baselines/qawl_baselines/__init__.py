"""Systems that do the task, from the floor up; each is found through an entry point."""
