"""The options of a training run by subject, put together in `config.TrainConfig`."""
