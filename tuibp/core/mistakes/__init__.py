"""The right forms of backpropagation beside the wrong ones, and which of the wrong ones made somebody's numbers."""
