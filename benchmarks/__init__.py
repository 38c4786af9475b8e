"""What ./bench runs: the figures of design section 9, as ratios within one run on one machine."""
