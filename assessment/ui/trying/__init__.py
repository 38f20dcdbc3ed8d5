"""The parts of the what-if page: its desk, its sentences, its inputs."""
