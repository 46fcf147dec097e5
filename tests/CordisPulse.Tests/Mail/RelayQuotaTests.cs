using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Smtp;
using Stage = CordisPulse.Core.Mail.Smtp.SmtpStage;

namespace CordisPulse.Tests.Mail;

public sealed class RelayQuotaTests
{
    public static TheoryData<string, int> Patterns
    {
        get
        {
            var data = new TheoryData<string, int>();
            for (var i = 0; i < RelayQuotas.All.Count; i++)
                data.Add(RelayQuotas.All[i].Example, i);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_quota_that_is_used_up_waits_at_every_stage_even_when_it_is_said_with_a_5xx(string example, int index)
    {
        var pattern = RelayQuotas.All[index];
        foreach (var stage in Enum.GetValues<Stage>())
            foreach (var code in pattern.Code is { } only ? new[] { only } : [421, 450, 451, 452, 550, 552, 554])
            {
                var answer = Assert.IsType<MailAnswer.RefusedForNow>(SmtpReplies.Read(stage, code, example));
                Assert.Equal((code, RefusalScope.Quota, pattern.Quota), (answer.Code, answer.Scope, answer.Quota));
            }

        // It is this row that knows the words, and none before it.
        Assert.Equal(index, RelayQuotas.All.ToList().FindIndex(other => (other.Code is null || other.Code == pattern.Code) && other.Words.IsMatch(example)));
    }

    [Theory]
    [InlineData(432, "4.3.2 Concurrent connections limit exceeded.", RelayQuota.Connections)]
    [InlineData(550, "5.4.5 Daily SMTP relay limit exceeded for user", RelayQuota.Day)]
    [InlineData(552, "5.4.5 Daily sending quota exceeded", RelayQuota.Day)]
    [InlineData(550, "5.7.705 Access denied, tenant has exceeded threshold", RelayQuota.Day)]
    [InlineData(451, "4.7.1 Message rate limit exceeded", RelayQuota.Rate)]
    [InlineData(421, "Too many messages in this session's minute, slow down", RelayQuota.Rate)]
    [InlineData(550, "5.7.1 The limit on the number of messages per day was reached", RelayQuota.Day)]
    public void Other_words_for_the_same_are_known(int code, string text, RelayQuota quota) => Assert.Equal(quota, RelayQuotas.Find(code, text));

    [Theory]
    [InlineData(452, "4.2.2 The recipient's mailbox is over quota")]
    [InlineData(552, "5.2.2 mailbox full")]
    [InlineData(450, "4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages")]
    [InlineData(432, "4.3.2 STOREDRV.Deliver; recipient thread limit exceeded")]
    [InlineData(451, "4.7.1 Greylisting in action, please come back later")]
    [InlineData(552, "5.3.4 Message size exceeds fixed limit")]
    [InlineData(421, "4.7.0 that was enough for one connection")]
    [InlineData(550, "5.1.1 no such user")]
    [InlineData(452, "4.5.3 too many recipients")]
    [InlineData(250, "daily quota: 4 of 10 used")]
    public void What_is_about_a_mailbox_or_something_else_is_no_quota_of_ours(int code, string text) => Assert.Null(RelayQuotas.Find(code, text));

    [Fact]
    public void A_text_of_any_length_is_looked_at_quickly_and_without_an_exception()
        => Assert.Null(RelayQuotas.Find(550, string.Concat(Enumerable.Repeat("daily hourly sending message ", 400_000))));
}
