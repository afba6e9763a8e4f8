"""The model that makes the elements, and how it is sampled. Part of `spec`; read by the runner, and by the operator for its claim."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from chartspark_api.base import ApiModel, BatchSize, DecimalString, DnsSubdomain, FolderPath
from chartspark_api.cel import RULES, rule, spelled


class Device(StrEnum):
    """Where the model runs."""

    AUTO = "Auto"
    """On a GPU if the pod asks for one, else on the CPU."""
    CPU = "CPU"
    CUDA = "CUDA"


class Dtype(StrEnum):
    """The numbers that the model computes with."""

    AUTO = "Auto"
    """Float32 on the CPU; on a GPU BFloat16, or Float16 where it knows no other."""
    FLOAT32 = "Float32"
    FLOAT16 = "Float16"
    BFLOAT16 = "BFloat16"


class ModelName(StrEnum):
    """The models that the runner's image carries."""

    ICONS = "Icons"
    """A library of openly licensed vector icons, searched by the meaning of the subject. It needs no GPU, and sampling does not apply to it."""
    ICON_DIFFUSION = "IconDiffusion"
    """A small diffusion model of flat icons, 128 pixels, that needs no GPU."""


class Scheduler(StrEnum):
    """How the noise is taken out: each is the class of diffusers with this name and the ending Scheduler."""

    DDIM = "DDIM"
    DDPM = "DDPM"
    DEIS_MULTISTEP = "DEISMultistep"
    DPM_SOLVER_MULTISTEP = "DPMSolverMultistep"
    DPM_SOLVER_SINGLESTEP = "DPMSolverSinglestep"
    EULER_ANCESTRAL_DISCRETE = "EulerAncestralDiscrete"
    EULER_DISCRETE = "EulerDiscrete"
    HEUN_DISCRETE = "HeunDiscrete"
    LMS_DISCRETE = "LMSDiscrete"
    UNI_PC_MULTISTEP = "UniPCMultistep"


_REVISION = r"^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$"

Revision = Annotated[
    str,
    Field(
        max_length=200,
        pattern=_REVISION,
        json_schema_extra=spelled(_REVISION, "write a commit, a branch or a tag, for instance main"),
    ),
]
"""A revision of a model."""

_ONE_SOURCE = (
    "name the model by name or by claimName, not by both, unless the claim is that of textImageModel alone"
)
_NO_CLAIM = "path, revision and keywordModel are of a model on a claim: write claimName as well, and no name"
_ON_A_CLAIM = ("path", "revision", "keywordModel")
_NO_CLAIM_TO_COMPARE = "textImageModel is a folder on a claim: write claimName as well"


class Model(ApiModel):
    """The text-to-image model that makes the elements: one that the runner's image carries, or a folder on a claim."""

    model_config = ConfigDict(
        json_schema_extra={
            RULES: [
                rule("!has(self.name) || !has(self.claimName) || has(self.textImageModel)", _ONE_SOURCE),
                rule(
                    "has(self.claimName) && !has(self.name) || "
                    + " && ".join(f"!has(self.{field})" for field in _ON_A_CLAIM),
                    _NO_CLAIM,
                ),
                rule("!has(self.textImageModel) || has(self.claimName)", _NO_CLAIM_TO_COMPARE),
            ]
        }
    )

    name: ModelName | None = None
    """A model that the runner's image carries. Left out, and without a claimName, it is Icons."""
    claim_name: DnsSubdomain | None = None
    """The PersistentVolumeClaim, in the job's namespace, that holds the model. The pods mount it read-only. Beside a name it holds the textImageModel alone."""
    path: FolderPath | None = None
    """The model's folder on the claim: the one with model_index.json, or a model of a hub's cache. Left out, the claim's root."""
    revision: Revision | None = None
    """The model's revision. Of a hub's cache this commit, branch or tag is taken, main if it is left out; of any other folder it is written down with the results, and changes nothing."""
    device: Device = Device.AUTO
    """Where the model runs. Auto takes a GPU if the pod asks for one, and fails if there is none to be seen."""
    dtype: Dtype = Dtype.AUTO
    """The numbers that the model computes with. Auto is Float32 on the CPU, and BFloat16 on a GPU that knows it."""
    keyword_model: FolderPath | None = None
    """The folder, on the same claim, of a sentence-transformers model that finds the subject in a title. Left out, the embedded all-MiniLM-L6-v2 does."""
    text_image_model: FolderPath | None = None
    """The folder, on the same claim, of a CLIP model of transformers: the one with config.json, or a model of a hub's cache at its revision main. It says how near each candidate's picture is to its words, and ranks candidates that are equally true. It runs on the model's device with the model's dtype. Left out, that is not measured."""

    @model_validator(mode="after")
    def _refuse_two_sources(self) -> Self:
        if self.name is not None and self.claim_name is not None and self.text_image_model is None:
            raise ValueError(_ONE_SOURCE)
        of_a_claim = (self.path, self.revision, self.keyword_model)
        if self.embedded is not None and any(one is not None for one in of_a_claim):
            raise ValueError(_NO_CLAIM)
        if self.text_image_model is not None and self.claim_name is None:
            raise ValueError(_NO_CLAIM_TO_COMPARE)
        return self

    @property
    def embedded(self) -> ModelName | None:
        """The model of the image that is asked for. None if it lies on a claim."""
        if self.name is None and self.claim_name is not None:
            return None
        return self.name or ModelName.ICONS


class Sampling(ApiModel):
    """How the model is sampled."""

    steps: Annotated[int, Field(ge=1, le=200)] = 20
    """The number of denoising steps."""
    guidance_scale: DecimalString | None = None
    """How strictly the picture follows the words, as a quoted decimal number. Left out, it is what the model's family does best with, and "4.0" for IconDiffusion."""
    negative_prompt: Annotated[str, Field(max_length=1000)] = ""
    """What should not be in the picture. It takes a guidance above 1, and of FLUX trueCfgScale; a model that would ignore it refuses it."""
    true_cfg_scale: DecimalString | None = None
    """For families that have two guidances, such as FLUX: above 1 the negative prompt counts, and each step takes twice as long."""
    scheduler: Scheduler | None = None
    """How the noise is taken out. Left out, the model's own way; a model takes only what fits its training."""
    strength_percent: Annotated[int, Field(ge=1, le=100)] = 90
    """With conditioning Conditional, how much of what lies under the painting is painted over: at 100 nothing of it stays."""
    batch_size: BatchSize = 1
    """How many candidates are made at once: faster on a GPU, and more of its memory. The same picture comes out for the same number alone."""
