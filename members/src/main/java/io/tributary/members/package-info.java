/** Members that run models (ONNX, TorchScript, XGBoost) or rules; each kind's factory is its entry. */
@NullMarked
package io.tributary.members;

import org.jspecify.annotations.NullMarked;
