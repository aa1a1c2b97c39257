"""What is kept between builds, in `.broadsheet/`: never needed, never trusted without proof."""
