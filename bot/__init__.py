"""The only room that knows all the others: settings, logs, the web app, the wiring, the program itself."""

VERSION = "0.1.0"
