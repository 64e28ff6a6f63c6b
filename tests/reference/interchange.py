"""Checks that models pass between this project and transformers, both ways, with equal logits. Run by hand:

    python3 -m venv venv && venv/bin/pip install torch==2.15.0 transformers==4.44.2 safetensors numpy
    cargo build --release
    venv/bin/python tests/reference/interchange.py --program target/release/codeexecutor [--real-shape] [--ours DIRECTORY]

Models are randomly initialised, of UniXcoder's shape (small, or with --real-shape 12 layers of 768 and 51,416 tokens).
Theirs open here: `vocab.json` and `merges.txt` or `tokenizer.json`; `pytorch_model.bin` or `model.safetensors`; without
CodeExecutor's 211 tokens and with them; with the release's `encoder.` prefix. Ours (--ours: a checkpoint) opens there. Files
that are no plain weights are refused.
"""

import argparse
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import warnings

import torch
import torch.nn.functional as F
import transformers
from safetensors.torch import load_file, save_file
from tokenizers import ByteLevelBPETokenizer
from transformers import AddedToken, PreTrainedTokenizerFast, RobertaConfig, RobertaModel, RobertaTokenizer, RobertaTokenizerFast

BASE = ["<s>", "<pad>", "</s>", "<unk>", "<mask0>", "<encoder-only>", "<decoder-only>", "<encoder-decoder>"]
WORDS = ["<line>", "<state>", "</state>", "<dictsep>", "<output>", "<function>", "<singleline>", "<tutorial>", "<codenet>",
         "<indent>", "<dedent>"]
ADDED = WORDS + [f"<{line}>" for line in range(200)]
TEXT = "def f(n): return [n, 'two', 3.5] if n > 10 else {n: -1}  # caf\u00e9 \u4e2d"
TRACE = "<line> <3> <state> a1 : [ 12 , two ] <dictsep> b : - 2.5 </state> <output> x y"


def tokenizer_files(directory, size):
    """vocab.json and merges.txt of a byte-level BPE with UniXcoder's special tokens first, filled up to `size`."""
    trained = ByteLevelBPETokenizer()
    trained.train_from_iterator([TEXT, open(__file__, encoding="utf-8").read()], vocab_size=700, min_frequency=2,
                                special_tokens=BASE, show_progress=False)
    trained.save_model(directory)
    path = os.path.join(directory, "vocab.json")
    vocabulary = json.load(open(path, encoding="utf-8"))
    for number in range(len(vocabulary), size):
        vocabulary[f"\u0120unused{number}"] = number
    json.dump(vocabulary, open(path, "w", encoding="utf-8"), ensure_ascii=False)
    return len(vocabulary)


def new_model(shape, vocabulary):
    config = RobertaConfig(vocab_size=vocabulary, type_vocab_size=10, pad_token_id=1, bos_token_id=0, eos_token_id=2,
                           max_position_embeddings=1026, layer_norm_eps=1e-5, attn_implementation="eager", **shape)
    model = RobertaModel(config).eval()
    for parameter in model.parameters():
        if parameter.dim() > 1:
            torch.nn.init.normal_(parameter, 0.0, 0.1)
    return model


def reference(path, model, tokenizer, text, bias=None, logits=True):
    """A packed batch, and what transformers makes of it in f64: prefixes see each other, targets what precedes them."""
    model = model.double().eval()
    size = model.config.vocab_size
    lengths = [(5, 9), (17, 3), (1, 30)]
    torch.manual_seed(3)
    hidden, tokens, positions, rows, start = [], [], [], [], 0
    with torch.no_grad():
        for prefix, target in lengths:
            count = prefix + target
            ids = torch.randint(2, size, (1, count))
            places = torch.arange(2, 2 + count)[None]
            mask = torch.tril(torch.ones(1, count, count))
            mask[:, :prefix, :prefix] = 1
            hidden.append(model(input_ids=ids, attention_mask=mask.double(), position_ids=places).last_hidden_state[0])
            tokens.append(ids[0])
            positions.append(places[0])
            rows.append(torch.arange(start + prefix - 1, start + count - 1))
            start += count
        hidden, tokens, positions, rows = (torch.cat(parts) for parts in (hidden, tokens, positions, rows))
        tensors = {"hidden": hidden}
        if logits:
            tensors["logits"] = F.linear(hidden[rows], model.embeddings.word_embeddings.weight, bias)
    tensors = {name: value.float().contiguous() for name, value in tensors.items()}
    tensors["target_weights"] = torch.ones(len(rows))
    starts = torch.tensor([0] + [prefix + target for prefix, target in lengths]).cumsum(0)
    ids = torch.tensor(tokenizer(text, add_special_tokens=False)["input_ids"])
    tensors.update({name: value.to(torch.int32).contiguous() for name, value in dict(
        tokens=tokens, positions=positions, segment_starts=starts, target_rows=rows, target_tokens=tokens[rows + 1],
        prefix_lengths=torch.tensor([prefix for prefix, _ in lengths]), text_tokens=ids).items()})
    save_file(tensors, path, {"text": text, "versions": f"torch {torch.__version__}, transformers {transformers.__version__}"})
    model.float()


class Unsafe:
    def __reduce__(self):
        return (os.system, ("echo this must never run",))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", required=True, help="the codeexecutor binary")
    arguments.add_argument("--real-shape", action="store_true", help="12 layers of 768, 51,416 tokens")
    arguments.add_argument("--ours", help="a checkpoint of this project, to be opened in transformers")
    options = arguments.parse_args()
    warnings.filterwarnings("ignore")
    transformers.logging.set_verbosity_error()
    failures = []

    def run(name, folder, file, refused=None):
        command = [options.program, "validate", "--reference", file, "--model", folder]
        done = subprocess.run(command, capture_output=True, text=True)
        said = done.stdout + done.stderr
        good = done.returncode == 0 if refused is None else done.returncode != 0 and refused in said
        print(f"{'ok  ' if good else 'FAIL'} {name}")
        for line in said.strip().splitlines():
            print("       ", line)
        if not good:
            failures.append(name)

    shape = dict(hidden_size=48, num_hidden_layers=2, num_attention_heads=4, intermediate_size=96)
    size = 1000
    if options.real_shape:
        shape = dict(hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072)
        size = 51416
    with tempfile.TemporaryDirectory() as place:
        join = os.path.join
        base = join(place, "base")
        os.mkdir(base)
        size = tokenizer_files(base, size)
        tokenizer = RobertaTokenizer.from_pretrained(base, mask_token="<mask0>")
        model = new_model(shape, size)
        model.save_pretrained(base, safe_serialization=False)
        check = join(place, "base.safetensors")
        # The model grows by 211 rows of its own here: only hidden states can be compared.
        reference(check, model, tokenizer, TEXT, logits=False)
        run("UniXcoder: vocab.json, merges.txt, pytorch_model.bin", base, check)

        fast = join(place, "fast")
        RobertaTokenizerFast.from_pretrained(base, mask_token="<mask0>").save_pretrained(fast)
        for name in ("vocab.json", "merges.txt"):
            if os.path.exists(join(fast, name)):
                os.remove(join(fast, name))
        model.save_pretrained(fast, safe_serialization=True)
        run("UniXcoder: tokenizer.json, model.safetensors", fast, check)

        grown = join(place, "grown")
        # As transformers of the release's time did by itself: special tokens take the spaces beside them.
        tokenizer.add_tokens([AddedToken(token, lstrip=True, rstrip=True, special=True) for token in ADDED], special_tokens=True)
        tokenizer.save_pretrained(grown)
        model.resize_token_embeddings(size + len(ADDED))
        model.save_pretrained(grown, safe_serialization=True)
        check = join(place, "grown.safetensors")
        reference(check, model, tokenizer, TRACE)
        run(f"CodeExecutor: {size + len(ADDED)} tokens, added_tokens.json, model.safetensors", grown, check)

        prefixed = join(place, "prefixed")
        shutil.copytree(grown, prefixed)
        os.remove(join(prefixed, "model.safetensors"))
        state = {f"encoder.{name}": value for name, value in model.state_dict().items()}
        torch.save(state, join(prefixed, "pytorch_model.bin"))
        run("CodeExecutor: pytorch_model.bin with the prefix encoder.", prefixed, check)

        state["unsafe"] = Unsafe()
        torch.save(state, join(prefixed, "pytorch_model.bin"))
        run("a pickle that would run a command", prefixed, check, refused="pytorch_model.bin")
        with open(join(prefixed, "pytorch_model.bin"), "wb") as file:
            pickle.dump({"a": 1}, file)
        run("a pickle that is no torch file", prefixed, check, refused="pytorch_model.bin")
        os.remove(join(fast, "model.safetensors"))
        shutil.copy(join(grown, "model.safetensors"), fast)
        run("weights and tokenizer of different models", fast, check, refused="word_embeddings")

        if options.ours:
            model, report = RobertaModel.from_pretrained(
                options.ours, add_pooling_layer=False, attn_implementation="eager", output_loading_info=True)
            if report["missing_keys"] or report["mismatched_keys"]:
                failures.append(f"ours in transformers: {report}")
            bias = load_file(join(options.ours, "model.safetensors")).get("lm_head.bias")
            tokenizer = PreTrainedTokenizerFast(tokenizer_file=join(options.ours, "tokenizer.json"))
            check = join(place, "ours.safetensors")
            reference(check, model, tokenizer, TRACE, bias=None if bias is None else bias.double())
            run("ours, opened in transformers", options.ours, check)
    print("all is well" if not failures else f"{len(failures)} checks failed: {failures}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
