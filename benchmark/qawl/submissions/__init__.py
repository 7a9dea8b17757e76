"""Submissions: predictions of a track, with what their authors say and what can be proved.

A submission is a folder ``submissions/<track>/<id>``:

* ``submission.json``: the manifest (:mod:`qawl.submissions.manifest`), half self-reported, half
  made by ``qawl submit package``;
* ``predictions.jsonl.gz``: the raw predictions, from which everything is scored anew;
* ``counts.json``: written by maintainers alone when they accept the submission
  (:mod:`qawl.submissions.counts`).

The first two are never changed again. Whatever comes from a folder is hostile until it is checked.
"""
