#!/usr/bin/env python3
"""Makes two tokenizers, a model of texts and a model of sequences, and what the libraries that made them answer.

golden-tokens.csv has the ids that each tokenizer gives a text, for several lengths; golden-text.csv and
golden-sequences.csv what the models answer. In texts \\n, \\t and \\\\ are escaped. The models are not trained: what counts
is that they answer the same elsewhere. Made with tokenizers 0.22, torch 1.13 and onnx 1.12.

    make_text_models.py [FOLDER]     the folder, by default ../resources/models, beside this script
"""
import sys
from pathlib import Path

import numpy as np
import torch
from make_models import save
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "resources" / "models"
LENGTH = 16
LAST = 8
MEAN, SCALE = 2.5, 1.25

TEXTS = [
    "Urgent: payment refunded to the gift cards",
    "",
    "   ",
    "rent",
    "RENT, salary & crypto-wallet transfers for you; please send them now! Thank you for the invoice of the order",
    "zzz Ünïcode é ß 漢字 😀 \u200b end",
    "line\none\ttab \\ \"quoted\", [SEP] [PAD] paying",
    "a" * 300,
]


def escaped(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def word_pieces():
    """As BERT's: lower case, pieces of words, a token before and after each text, and a padding section."""
    words = "payment refund order to the of gift card transfer rent salary crypto wallet urgent please send now thank you for"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + words.split() + ["pay", "##ing", "##ed"]
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    pieces += list(letters + ".,:;!?&é") + ["##" + letter for letter in letters + "é"]
    ids = {piece: index for index, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", ids["[CLS]"]), ("[SEP]", ids["[SEP]"])])
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    tokenizer.enable_padding(pad_id=ids["[PAD]"], pad_token="[PAD]")
    return tokenizer


def byte_pairs():
    """As GPT-2's: bytes and pairs of them, nothing added, and no word on padding."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=300, initial_alphabet=alphabet, special_tokens=["<pad>"], show_progress=False)
    tokenizer.train_from_iterator(TEXTS[:5], trainer)
    return tokenizer


def ids_of(tokenizer, text, length, pad):
    tokenizer.enable_truncation(max_length=length)
    tokenizer.enable_padding(pad_id=pad, length=length)
    return tokenizer.encode(text).ids


class TextModel(torch.nn.Module):
    """The mean of the vectors of all tokens but those that fill up."""

    def __init__(self, tokens):
        super().__init__()
        self.vectors = torch.nn.Embedding(tokens, 8)
        self.out = torch.nn.Linear(8, 1)

    def forward(self, ids):
        counts = (ids != 0).to(torch.float32).unsqueeze(2)
        mean = (self.vectors(ids) * counts).sum(dim=1) / counts.sum(dim=1)
        return torch.sigmoid(self.out(mean))


class SequenceModel(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.recurrent = torch.nn.GRU(1, 6, batch_first=True)
        self.out = torch.nn.Linear(6, 1)

    def forward(self, steps):
        states = self.recurrent(steps)[0]
        return torch.sigmoid(self.out(states[:, -1]))


def write(model, name, example):
    model.eval()
    with torch.no_grad():
        save(torch.jit.trace(model, example), name, FOLDER)
        torch.onnx.export(model, example, FOLDER / f"{name}.onnx", opset_version=15, input_names=["in"],
                          output_names=["score"], dynamic_axes={"in": {0: "n"}, "score": {0: "n"}})


def answers(model, rows):
    with torch.no_grad():
        return [f"{value:.9g}" for value in model(rows).numpy()[:, 0]]


def text_models():
    words, pairs = word_pieces(), byte_pairs()
    words.save(str(FOLDER / "words.json"), pretty=False)
    pairs.save(str(FOLDER / "pairs.json"), pretty=False)
    lines = ["tokenizer,length,ids,text"]
    for name, tokenizer, pad in [("words", words, 0), ("pairs", pairs, 0), ("pairs", pairs, 7)]:
        for length in [4, LENGTH, 40]:
            for text in TEXTS:
                ids = " ".join(map(str, ids_of(tokenizer, text, length, pad)))
                lines.append(f"{name}{'' if pad == 0 else pad},{length},{ids},{escaped(text)}")
    (FOLDER / "golden-tokens.csv").write_text("\n".join(lines) + "\n")

    model = TextModel(words.get_vocab_size())
    rows = torch.tensor([ids_of(words, text, LENGTH, 0) for text in TEXTS])
    write(model, "text", rows)
    lines = ["score,text"] + [f"{score},{escaped(text)}" for score, text in zip(answers(model, rows), TEXTS)]
    (FOLDER / "golden-text.csv").write_text("\n".join(lines) + "\n")


def sequence_model():
    """Every event of a card with the last ones of the same card; what is missing counts as 0."""
    draw = np.random.default_rng(5)
    past, rows, lines = {}, [], []
    for event in range(60):
        card = str(draw.choice(["a", "b", "c", ""]))
        amount = round(float(draw.lognormal(2, 1)), 2) if draw.random() > 0.15 else None
        before = past.setdefault(card, []) if card else []
        before.append(amount)
        amounts = [None] * LAST + before
        steps = np.array([0.0 if each is None else each for each in amounts[-LAST:]])
        rows.append((np.log1p(steps) - MEAN) / SCALE)
        lines.append([card, "" if amount is None else str(amount)] + [f"{value:.9g}" for value in rows[-1]])
    model = SequenceModel()
    steps = torch.from_numpy(np.array(rows, "float32")).unsqueeze(2)
    write(model, "sequence", steps)
    header = ["card", "amount"] + [f"amount[{i}]" for i in range(1 - LAST, 1)] + ["score"]
    lines = [",".join(line + [score]) for line, score in zip(lines, answers(model, steps))]
    (FOLDER / "golden-sequences.csv").write_text("\n".join([",".join(header)] + lines) + "\n")


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(11)
    torch.set_num_threads(1)
    text_models()
    sequence_model()


if __name__ == "__main__":
    main()
