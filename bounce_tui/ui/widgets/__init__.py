"""Line-drawn widgets: each draws what it is given and holds no mail, no resolver."""
