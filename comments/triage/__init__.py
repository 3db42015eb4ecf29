"""What a comment may mean for somebody's health or privacy: one module for each flag, each with one rule."""
