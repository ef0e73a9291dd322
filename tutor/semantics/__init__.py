"""The text models behind one small protocol, loaded lazily."""
