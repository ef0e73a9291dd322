"""Answer × rubric → result, as pure functions; the text model comes in as an argument."""
