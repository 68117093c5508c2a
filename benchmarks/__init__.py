"""What the product costs, beside the limit of its own stack, measured in the same run."""
