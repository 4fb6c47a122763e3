"""A commented record to start from, and broken variants of it that show what the check says."""

from __future__ import annotations

from typing import NamedTuple

FILE = "catalog/models/my-model.yaml"

TEMPLATE = """\
# yaml-language-server: $schema=../../schemas/model.schema.json
# The first block is required; leave out below what you have not looked up.
# Write not-reported where the sources do not say, not-applicable where the question does not arise.
name: MyModel
title: Title of the paper
authors: [Given Family, Given Family]
published: 2023-10                  # first public version: YYYY-MM-DD or YYYY-MM
category: adaptation                # a group of the taxonomy
sources:                            # where each value comes from
  - fields: [name, title, authors, published, category, links, modalities, organs, tasks,
             algorithms, builds_on, parameters, summary, training.fine-tuning]
    source: doi:10.1000/my-paper    # or arxiv:…, an https address, the id of a survey
    locator: abstract; section 3; Table 1
    accessed: 2023-11-01

links:
  paper: https://doi.org/10.1000/my-paper
  code: not-reported
modalities: [ct, mri]               # terms; their ids stand on the pages of allowed values
organs: [abdomen]
tasks: [organ-segmentation]
algorithms: [full-fine-tuning]
builds_on:
  - {model: sam, relation: fine-tuned-from}
parameters: 93.7M                   # quantities: 8, 0.37, 93.7M, 16-128, ">1", "50, 100", 224x224
summary: >-
  What it is and why it matters, in two to four sentences of your own.
training:                           # one block a stage, as reported
  - stage: fine-tuning
    gpu: nvidia-a100
    gpu_count: 8
    gpu_memory_gb: 80
    gpu_hours: not-reported
    epochs: 100
"""


class Slip(NamedTuple):
    """A mistake that people make: what the template says, and what they write instead."""

    right: str
    wrong: str


SLIPS = (
    Slip("modalities: [ct, mri]  ", "modalities: [ct, mr]  "),
    Slip("published: 2023-10   ", "published: 2023-13   "),
    Slip("\nsummary: ", "\nsumary: "),
)
"""One run of the check for each."""
