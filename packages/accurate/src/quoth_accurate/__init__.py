"""The weights of Quoth's profile `accurate`: encoder.onnx, tokenizer.json, accurate.npz.  Quoth itself reads them."""
