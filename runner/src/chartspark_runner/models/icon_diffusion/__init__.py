"""IconDiffusion: flat icons of 128 pixels, made without a GPU. `vae`, `unet` and `scheduler` hold its weights and settings."""
