"""The sheet that shows how a member's tier follows."""
