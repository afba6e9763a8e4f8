"""Models with random weights, of half a megabyte, in the layout of diffusers: built by code, written to a folder.

The e2e tests run this file in a pod, which has no more than the runner's image.
"""

from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    FluxPipeline,
    FluxTransformer2DModel,
    LatentConsistencyModelPipeline,
    LCMScheduler,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import (
    CLIPConfig,
    CLIPImageProcessorPil,
    CLIPModel,
    CLIPProcessor,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    PreTrainedTokenizerFast,
    T5Config,
    T5EncoderModel,
)

WORDS = ("red", "apple", "flat", "icon", "blue", "tree", "coffee", "bean", "many", ",")
_SPECIAL = {
    "bos_token": "<|startoftext|>",
    "eos_token": "<|endoftext|>",
    "pad_token": "<|endoftext|>",
    "unk_token": "<unk>",
}
_WIDTH = 32


def write_tiny(family: str, folder: Path) -> Path:
    """Write the tiny model of a family to `folder`."""
    torch.manual_seed(0)
    _FAMILIES[family]().save_pretrained(folder, safe_serialization=True)
    return folder


def write_tiny_clip(folder: Path) -> Path:
    """Write a tiny model that compares pictures with words, in the layout of transformers."""
    torch.manual_seed(0)
    vision = CLIPVisionConfig(
        hidden_size=_WIDTH,
        intermediate_size=37,
        projection_dim=_WIDTH,
        num_hidden_layers=2,
        num_attention_heads=4,
        image_size=32,
        patch_size=8,
    )
    both = CLIPConfig(text_config=_clip().to_dict(), vision_config=vision.to_dict(), projection_dim=_WIDTH)
    CLIPModel(both).save_pretrained(folder)
    square = CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    CLIPProcessor(image_processor=square, tokenizer=_tokenizer(77)).save_pretrained(folder)
    return folder


def write_one_that_draws_a_square(folder: Path) -> Path:
    """Write a tiny model whose every picture is a red square on white, which can be cut out, where the others draw noise."""
    torch.manual_seed(0)
    pipeline = _stable_diffusion()
    _draw_a_square(pipeline.vae)
    pipeline.save_pretrained(folder, safe_serialization=True)
    return folder


def _draw_a_square(autoencoder: AutoencoderKL) -> None:
    """Have the decoder forget its latents, and see nothing but where its convolutions meet the border."""
    decoder = autoencoder.decoder
    enlargements = [one.conv for block in decoder.up_blocks for one in block.upsamplers or ()]
    silenced = [part.conv2 for part in decoder.modules() if hasattr(part, "conv2")]
    silenced += [part.to_out[0] for part in decoder.modules() if hasattr(part, "to_out")]
    with torch.no_grad():
        for part in (autoencoder.post_quant_conv, decoder.conv_out, *enlargements, *silenced):
            part.weight.zero_()
            part.bias.zero_()
        autoencoder.post_quant_conv.bias.fill_(1)
        decoder.conv_in.weight.fill_(1 / decoder.conv_in.weight[0].numel())
        decoder.conv_in.bias.zero_()
        for part in enlargements:
            for channel in range(len(part.weight)):
                part.weight[channel, channel] = 1 / 9
        # White by the border, where a blur finds nothing outside; red within.
        decoder.conv_out.weight[:, 0, 1, 1] = torch.tensor([0.0, -30.0, -30.0])
        decoder.conv_out.bias.copy_(torch.tensor([1.0, 4.0, 4.0]))


def _stable_diffusion() -> Any:  # noqa: ANN401 - diffusers publishes no types
    return StableDiffusionPipeline(
        vae=_autoencoder(4),
        unet=_unet(cross_attention_dim=_WIDTH),
        text_encoder=CLIPTextModel(_clip()),
        tokenizer=_tokenizer(77),
        scheduler=DDIMScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False
        ),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def _stable_diffusion_xl() -> Any:  # noqa: ANN401 - likewise
    return StableDiffusionXLPipeline(
        vae=_autoencoder(4),
        unet=_unet(
            cross_attention_dim=2 * _WIDTH,
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            projection_class_embeddings_input_dim=6 * 8 + _WIDTH,
        ),
        text_encoder=CLIPTextModel(_clip()),
        text_encoder_2=CLIPTextModelWithProjection(_clip()),
        tokenizer=_tokenizer(77),
        tokenizer_2=_tokenizer(77),
        scheduler=EulerDiscreteScheduler(beta_schedule="scaled_linear"),
    )


def _lcm() -> Any:  # noqa: ANN401 - likewise
    return LatentConsistencyModelPipeline(
        vae=_autoencoder(4),
        unet=_unet(cross_attention_dim=_WIDTH, time_cond_proj_dim=8),
        text_encoder=CLIPTextModel(_clip()),
        tokenizer=_tokenizer(77),
        scheduler=LCMScheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


def _flux() -> Any:  # noqa: ANN401 - likewise
    t5 = T5Config(
        vocab_size=32,
        d_model=_WIDTH,
        d_ff=37,
        d_kv=8,
        num_heads=2,
        num_layers=1,
        feed_forward_proj="gated-gelu",
    )
    return FluxPipeline(
        vae=_autoencoder(4, shift_factor=0.1),
        transformer=FluxTransformer2DModel(
            patch_size=1,
            in_channels=16,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=_WIDTH,
            pooled_projection_dim=_WIDTH,
            axes_dims_rope=(4, 4, 8),
            guidance_embeds=True,
        ),
        text_encoder=CLIPTextModel(_clip()),
        text_encoder_2=T5EncoderModel(t5),
        tokenizer=_tokenizer(77),
        tokenizer_2=_tokenizer(512),
        scheduler=FlowMatchEulerDiscreteScheduler(),
    )


def _unet(**config: object) -> UNet2DConditionModel:
    return UNet2DConditionModel(
        sample_size=16,
        block_out_channels=(8, 16),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=2,
        norm_num_groups=4,
        use_linear_projection=True,
        **config,
    )


def _autoencoder(channels: int, **config: object) -> AutoencoderKL:
    return AutoencoderKL(
        block_out_channels=(8, 8, 8),
        down_block_types=("DownEncoderBlock2D",) * 3,
        up_block_types=("UpDecoderBlock2D",) * 3,
        latent_channels=channels,
        norm_num_groups=4,
        sample_size=64,
        **config,
    )


def _clip() -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=32,
        hidden_size=_WIDTH,
        intermediate_size=37,
        projection_dim=_WIDTH,
        num_hidden_layers=2,
        num_attention_heads=4,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )


def _tokenizer(length: int) -> PreTrainedTokenizerFast:
    begin, end, unknown = dict.fromkeys(_SPECIAL.values())
    vocabulary = {word: i for i, word in enumerate((begin, end, unknown, *WORDS))}
    backend = Tokenizer(models.WordLevel(vocabulary, unk_token=unknown))
    backend.pre_tokenizer = pre_tokenizers.Whitespace()
    backend.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, 0), (end, 1)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=backend,
        model_max_length=length,
        **_SPECIAL,
    )


_FAMILIES = {
    "stable-diffusion": _stable_diffusion,
    "stable-diffusion-xl": _stable_diffusion_xl,
    "flux": _flux,
    "lcm": _lcm,
}
