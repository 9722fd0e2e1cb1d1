import pytest
import torch
from torch.distributions import Normal, kl_divergence

from ganart.engine.gan.batches import to_pictures, to_pixels
from ganart.engine.gan.config import SIDES
from ganart.engine.gan.networks import build_discriminator, build_generator
from ganart.engine.gan.networks.vae import divergence, draw
from ganart.engine.gan.steps import training_step
from tests.engine.learning import kinds, made_by, squares, train_on
from tests.engine.pixel_measures import diversity
from tests.engine.toys import fresh, tiny


@pytest.mark.parametrize("side", SIDES)
def test_every_weight_learns_at_every_side(side):
    config = tiny(architecture="vae", side=side, width=4, width_cap=8)
    generator, encoder = build_generator(config), build_discriminator(config)
    codes = encoder(torch.rand(2, 3, side, side))
    assert codes.shape == (2, 16)
    redrawn = generator(draw(codes, torch.randn(2, 8)))
    assert redrawn.shape == (2, 3, side, side)
    (redrawn.square().sum() + divergence(codes)).backward()
    for network in (generator, encoder):
        for name, weight in network.named_parameters():
            assert weight.grad is not None, name
            assert weight.grad.isfinite().all(), name


def test_the_divergence_is_that_of_normal_distributions():
    mean, log_variance = torch.randn(5, 8), torch.randn(5, 8)
    ours = divergence(torch.cat([mean, log_variance], 1))
    theirs = kl_divergence(Normal(mean, (log_variance / 2).exp()), Normal(0.0, 1.0))
    assert ours.item() == pytest.approx(theirs.sum(1).mean().item(), rel=1e-5)
    assert divergence(torch.zeros(5, 16)) == 0


def test_latents_are_drawn_about_the_mean_of_their_code():
    codes = torch.tensor([[3.0, -1.0, 0.0, 2 * torch.tensor(0.5).log()]])
    drawn = draw(codes.expand(20_000, 4), torch.randn(20_000, 2))
    assert drawn.mean(0).tolist() == pytest.approx([3, -1], abs=0.05)
    assert drawn.std(0).tolist() == pytest.approx([1, 0.5], abs=0.05)
    assert torch.equal(draw(codes, torch.zeros(1, 2)), codes[:, :2])


def test_its_losses_are_the_error_and_the_divergence():
    config = tiny(architecture="vae")
    result = training_step(config, fresh(config))
    assert result.loss_g > 0
    assert result.loss_d >= 0
    assert result.score_real == result.score_fake == 0


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_batch_may_be_computed_in_pieces(at_once):
    results = []
    for limit in (0, at_once):
        config = tiny(architecture="vae", at_once=limit)
        results.append(training_step(config, fresh(config)))
    whole, pieces = results
    assert pieces.loss_g.item() == pytest.approx(whole.loss_g.item(), rel=1e-5)
    assert pieces.loss_d.item() == pytest.approx(whole.loss_d.item(), rel=1e-5)


def test_it_learns_to_redraw_and_what_its_seeds_draw_is_varied():
    """Of two kinds it redraws each as what it is; between their latents it draws mixtures."""
    config = tiny(
        architecture="vae", width=16, batch=16, pictures=5000, ema_pictures=500, latent_size=4
    )
    real = squares(64, 8)
    state = train_on(config, real)
    pictures = to_pictures(torch.from_numpy(real).permute(0, 3, 1, 2))
    with torch.inference_mode():
        mean = state.discriminator(pictures).chunk(2, dim=1)[0]
        redrawn = to_pixels(state.ema(mean))
    assert kinds(redrawn) == (32, 32, 0)
    assert abs(redrawn.astype(int) - real).mean() < 13
    assert 0.5 < diversity(made_by(config, state), real) < 1.4
