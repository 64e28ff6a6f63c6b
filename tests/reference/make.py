"""Makes the reference fixtures of tests/reference.rs with PyTorch and transformers. Run by hand:

    python3 -m venv venv && venv/bin/pip install torch==2.15.0 transformers==4.44.2 safetensors numpy
    venv/bin/python tests/reference/make.py [--out DIRECTORY] [--only NAME]
    venv/bin/python tests/reference/make.py --config config.json --lengths 5:9,17:3 [--seed 7] --out DIRECTORY --only NAME

Each fixture is one safetensors file: `parameter.*`, `gradient.*`, `updated.*` under transformers' names, the packed batch
(`tokens`, `positions`, `segment_starts`, `prefix_lengths`, `target_rows`, `target_tokens`, `target_weights`), `hidden`
(last layer, all tokens), `logits` (of the targets), `loss`, and per step `step_losses`, `gradient_norms`,
`learning_rates`. The metadata holds the configuration, the optimiser's settings and the versions that made it.
Everything is computed in f64 and stored in f32.
"""

import argparse
import json
import os
import sys

import torch
import torch.nn.functional as F
import transformers
from safetensors.torch import save_file
from transformers import RobertaConfig, RobertaModel

# name: configuration, (prefix, target) lengths of the segments
FIXTURES = {
    "odd": (
        dict(vocab_size=71, hidden_size=35, num_hidden_layers=2, num_attention_heads=5, intermediate_size=33,
             max_position_embeddings=70, layer_norm_eps=1e-5),
        [(5, 9), (1, 1), (17, 31), (3, 40)],
    ),
    "even": (
        dict(vocab_size=90, hidden_size=36, num_hidden_layers=2, num_attention_heads=3, intermediate_size=52,
             max_position_embeddings=64, layer_norm_eps=1e-12),
        [(20, 41), (8, 8), (2, 23)],
    ),
    "wide": (
        dict(vocab_size=37, hidden_size=64, num_hidden_layers=1, num_attention_heads=1, intermediate_size=24,
             max_position_embeddings=100, layer_norm_eps=1e-5),
        [(33, 64), (70, 5)],
    ),
}
OPTIMIZER = dict(learning_rate=4e-4, beta1=0.9, beta2=0.999, epsilon=1e-6, weight_decay=0.01, max_norm=1.0)
SCHEDULE = [0.5, 1.0, 0.875]


def make(name, shape, lengths, seed, directory):
    torch.manual_seed(seed)
    config = RobertaConfig(
        type_vocab_size=1, pad_token_id=1, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        hidden_act="gelu", attn_implementation="eager", **shape)
    model = RobertaModel(config, add_pooling_layer=False).double()
    # Larger than RoBERTa's own initialisation, so that softmax and GELU leave their linear range and clipping acts.
    for key, parameter in model.named_parameters():
        scale = 0.15 if parameter.dim() > 1 else 0.1
        base = 1.0 if key.endswith("LayerNorm.weight") else 0.0
        torch.nn.init.normal_(parameter, base, scale)
    bias = torch.nn.Parameter(0.1 * torch.randn(config.vocab_size, dtype=torch.float64))
    # The fixture's own parameters are f32: compute from exactly what is stored.
    with torch.no_grad():
        for parameter in [*model.parameters(), bias]:
            parameter.copy_(parameter.float().double())
    named = {"lm_head.bias": bias, **dict(model.named_parameters())}

    longest = max(prefix + target for prefix, target in lengths)
    count = len(lengths)
    tokens = torch.full((count, longest), config.pad_token_id)
    positions = torch.full((count, longest), config.pad_token_id)
    mask = torch.zeros(count, longest, longest)
    for i, (prefix, target) in enumerate(lengths):
        n = prefix + target
        tokens[i, :n] = torch.randint(2, config.vocab_size, (n,))
        positions[i, :n] = torch.arange(n) + config.pad_token_id + 1
        mask[i] = torch.tril(torch.ones(longest, longest))
        mask[i, :prefix, :prefix] = 1
    real = torch.cat([tokens[i, :p + t] for i, (p, t) in enumerate(lengths)])
    starts = torch.tensor([0] + [p + t for p, t in lengths]).cumsum(0)
    rows = torch.cat([torch.arange(p - 1, p + t - 1) + starts[i] for i, (p, t) in enumerate(lengths)])
    targets = real[rows + 1]
    weights = torch.where(targets % 4 == 0, 1.0, 10.0).double()

    def forward():
        output = model(input_ids=tokens, attention_mask=mask.double(), position_ids=positions).last_hidden_state
        hidden = torch.cat([output[i, :p + t] for i, (p, t) in enumerate(lengths)])
        logits = F.linear(hidden[rows], model.embeddings.word_embeddings.weight, bias)
        loss = (F.cross_entropy(logits, targets, reduction="none") * weights).sum() / len(targets)
        return hidden, logits, loss

    result = {f"parameter.{key}": value.detach().float().clone() for key, value in named.items()}
    decays = [value for key, value in named.items() if not (key.endswith("bias") or "LayerNorm" in key)]
    rest = [value for key, value in named.items() if key.endswith("bias") or "LayerNorm" in key]
    optimizer = torch.optim.AdamW(
        [{"params": decays, "weight_decay": OPTIMIZER["weight_decay"]}, {"params": rest, "weight_decay": 0.0}],
        lr=OPTIMIZER["learning_rate"], betas=(OPTIMIZER["beta1"], OPTIMIZER["beta2"]), eps=OPTIMIZER["epsilon"])
    losses, norms = [], []
    for step, factor in enumerate(SCHEDULE):
        for group in optimizer.param_groups:
            group["lr"] = OPTIMIZER["learning_rate"] * factor
        optimizer.zero_grad()
        hidden, logits, loss = forward()
        loss.backward()
        if step == 0:
            result.update(hidden=hidden, logits=logits, loss=loss.reshape(1))
            # The padding row has no gradient in transformers' embedding but for the projection's; keep what PyTorch says.
            result.update({f"gradient.{key}": value.grad.clone() for key, value in named.items()})
        norms.append(torch.nn.utils.clip_grad_norm_(list(named.values()), OPTIMIZER["max_norm"]))
        losses.append(loss.detach())
        optimizer.step()
    result.update({f"updated.{key}": value for key, value in named.items()})
    result.update(step_losses=torch.stack(losses), gradient_norms=torch.stack(norms),
                  learning_rates=torch.tensor([OPTIMIZER["learning_rate"] * factor for factor in SCHEDULE]),
                  target_weights=weights)
    result = {key: value.detach().float().contiguous() for key, value in result.items()}
    packed_positions = torch.cat([positions[i, :p + t] for i, (p, t) in enumerate(lengths)])
    result.update({key: value.to(torch.int32).contiguous() for key, value in dict(
        tokens=real, positions=packed_positions, segment_starts=starts,
        prefix_lengths=torch.tensor([p for p, _ in lengths]), target_rows=rows, target_tokens=targets).items()})
    shape = dict(shape, type_vocab_size=1, pad_token_id=1, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    metadata = dict(
        config=json.dumps(shape), optimizer=json.dumps(OPTIMIZER), seed=str(seed),
        versions=f"python {sys.version.split()[0]}, torch {torch.__version__}, transformers {transformers.__version__}")
    path = os.path.join(directory, f"{name}.safetensors")
    save_file(result, path, metadata)
    print(path, os.path.getsize(path), "bytes, loss", losses[0].item(), "norm", norms[0].item())


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", default=os.path.dirname(os.path.abspath(__file__)))
    arguments.add_argument("--only", help="name of one fixture, or of the one that --config makes")
    arguments.add_argument("--config", help="a config.json of another shape")
    arguments.add_argument("--lengths", default="5:9,17:3", help="prefix:target lengths of --config's segments")
    arguments.add_argument("--seed", type=int, default=7)
    options = arguments.parse_args()
    if options.config:
        keys = FIXTURES["odd"][0].keys()
        shape = {key: value for key, value in json.load(open(options.config)).items() if key in keys}
        lengths = [tuple(map(int, pair.split(":"))) for pair in options.lengths.split(",")]
        make(options.only or "custom", shape, lengths, options.seed, options.out)
        return
    for name, (shape, lengths) in FIXTURES.items():
        if options.only in (None, name):
            make(name, shape, lengths, options.seed, options.out)


if __name__ == "__main__":
    main()
