"""Compares pictures with words by a CLIP model of transformers: CLIPScore's cosines. Opened by `chartspark_runner.opening`.

The model rests in main memory and goes to the GPU only while it compares, so that all of the GPU's memory is
the painter's while that paints.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import structlog
import torch
from chartspark_api.metadata import WeightFile
from chartspark_api.model import Model
from transformers import AutoTokenizer, CLIPImageProcessorPil, CLIPModel

from chartspark_runner.device import Place
from chartspark_runner.errors import GpuLost, ModelMissing
from chartspark_runner.generate.digests import model_files
from chartspark_runner.generate.hardware import take_hardware
from chartspark_runner.generate.libraries import Tokenizer
from chartspark_runner.generate.text_image_folder import TextImageFolder
from chartspark_runner.generate.unread import unread_part
from chartspark_runner.picture import Pixels
from chartspark_runner.text_image import Pair

log = structlog.get_logger()

_BLANK = np.full((64, 64, 3), 255, dtype=np.uint8)


class Clip:
    """A loaded CLIP model."""

    def __init__(
        self,
        network: Any,  # noqa: ANN401 - transformers publishes no types of its calls
        processor: Any,  # noqa: ANN401 - likewise
        tokenizer: Tokenizer,
        device: Place,
        files: tuple[WeightFile, ...],
    ) -> None:
        self._network = network
        self._processor = processor
        self._tokenizer = tokenizer
        self._device = device
        self._files = files

    def cosines(self, pairs: Iterable[Pair]) -> list[float]:
        """Return for each picture the cosine between its place and its sentence's.

        One at a time, so that a number does not depend on how many there are.

        Raises:
            GpuLost: The GPU stopped answering.
        """
        try:
            found = [self._cosine(*pair) for pair in pairs]
            self._network.to("cpu")
        except torch.AcceleratorError as error:
            raise GpuLost(f"the GPU stopped answering: {error}") from error
        return found

    def files(self) -> tuple[WeightFile, ...]:
        """Return the files of weights."""
        return self._files

    def unread(self, sentence: str) -> str | None:
        """Tell what of a sentence the model does not read."""
        return unread_part("the text-image model", self._tokenizer, self._longest(), "comparison", sentence)

    def _longest(self) -> int:
        longest: int = self._network.config.text_config.max_position_embeddings
        return longest

    def _cosine(self, picture: Pixels, sentence: str) -> float:
        if self._device == "cuda":
            try:
                return self._computed(picture, sentence)
            except torch.OutOfMemoryError as error:
                # The painter keeps what it has: it takes far longer on a CPU than this does.
                log.warning("comparing on the CPU from here on", told=str(error))
                self._device = "cpu"
        return self._computed(picture, sentence)

    def _computed(self, picture: Pixels, sentence: str) -> float:
        network = self._network.to(self._device)
        pixels = self._processor(images=picture, return_tensors="pt")["pixel_values"]
        tokens = self._tokenizer(sentence, truncation=True, max_length=self._longest(), return_tensors="pt")
        with torch.inference_mode():
            seen = network(
                input_ids=tokens["input_ids"].to(self._device),
                attention_mask=tokens["attention_mask"].to(self._device),
                pixel_values=pixels.to(self._device, network.dtype),
            )
        pair = seen.image_embeds.float(), seen.text_embeds.float()
        return float(torch.nn.functional.cosine_similarity(*pair).item())


def open_clip(model: Model, folder: TextImageFolder, environ: Mapping[str, str]) -> Clip:
    """Load the CLIP model in `folder`, and compare a blank picture: parts that do not go together are told before any is painted.

    Args:
        model: What the request says.
        folder: Where the model lies.
        environ: As `chartspark_runner.opening.open_painter` has it.

    Raises:
        GpuLost: A GPU was asked for, and none is seen, or it stopped answering.
        ModelMissing: The libraries cannot read the model.
    """
    hardware = take_hardware(model, environ)
    try:
        # With its loading info it is a pair, which the library's types do not say.
        loaded: Any = CLIPModel.from_pretrained(
            folder.path,
            dtype=hardware.torch_dtype,
            variant=folder.variant,
            use_safetensors=True,
            local_files_only=True,
            output_loading_info=True,
        )
        network, told = loaded
        if told["missing_keys"]:
            raise ModelMissing(f"{folder.path} lacks weights: {', '.join(sorted(told['missing_keys'])[:3])}")
        files = model_files(folder.path, folder.weights)
        clip = Clip(
            network.eval(),
            CLIPImageProcessorPil.from_pretrained(folder.path, local_files_only=True),
            AutoTokenizer.from_pretrained(folder.path, local_files_only=True),
            hardware.device,
            tuple(WeightFile(name=folder.name, path=file.path, sha256=file.sha256) for file in files),
        )
        clip.cosines([(_BLANK, "paper")])
    except (OSError, ValueError, ImportError, RuntimeError, IndexError) as error:
        raise ModelMissing(f"{folder.path} cannot be loaded: {error}") from error
    return clip
