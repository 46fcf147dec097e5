using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.SetUp;

public sealed class OneTimeTokenTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public void Tokens_are_26_base32_characters_and_never_the_same()
    {
        var tokens = Enumerable.Range(0, 2000).Select(_ => SecretToken.Create()).ToList();

        Assert.All(tokens, token => Assert.Matches("^[a-z2-7]{26}$", token));
        Assert.Equal(tokens.Count, tokens.Distinct().Count());
        // 128 bits fill 25 characters and three bits of the last.
        Assert.All(tokens, token => Assert.Contains(token[^1], "aeimquy4"));
        Assert.Equal(32, tokens.Select(token => token[0]).Distinct().Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    [InlineData("abcdefghijklmnopqrstuvwxyz2")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    [InlineData("abcdefghijklmnopqrstuvwxy1")]
    public void Anything_else_is_no_token(string? text) => Assert.False(SecretToken.IsWellFormed(text));

    [Fact]
    public async Task Only_the_hash_is_kept_and_one_of_many_at_once_uses_it()
    {
        var token = await app.InScopeAsync(async services =>
        {
            var made = services.GetRequiredService<OneTimeTokens>().ForAccount(TokenPurpose.SetUpAccount, null, TimeSpan.FromHours(1));
            await services.GetRequiredService<PulseDbContext>().SaveChangesAsync();
            return made;
        });
        Assert.Equal(SecretToken.Hash(token), await app.QueryAsync(db => db.OneTimeTokens.OrderByDescending(row => row.Id).Select(row => row.Hash).FirstAsync()));
        Assert.Null(await FindAsync(TokenPurpose.ConfirmSubscription, token));
        Assert.Equal(TokenState.Valid, (await FindAsync(TokenPurpose.SetUpAccount, token))!.State);

        var wins = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.InScopeAsync(
            services => services.GetRequiredService<OneTimeTokens>().ConsumeAsync(TokenPurpose.SetUpAccount, token))));

        Assert.Single(wins, won => won);
        Assert.Equal(TokenState.Used, (await FindAsync(TokenPurpose.SetUpAccount, token))!.State);
    }

    private Task<TokenOwner?> FindAsync(TokenPurpose purpose, string token)
        => app.InScopeAsync(services => services.GetRequiredService<OneTimeTokens>().FindAsync(purpose, token));
}
