"""The council's requirements, judged on the answers."""
