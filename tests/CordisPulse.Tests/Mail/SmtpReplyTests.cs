using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Smtp;
using Stage = CordisPulse.Core.Mail.Smtp.SmtpStage;

namespace CordisPulse.Tests.Mail;

/// <summary>The table of refusals, row by row, and what holds for every reply there can be.</summary>
public sealed class SmtpReplyTests
{
    private static readonly Stage[] Stages = Enum.GetValues<Stage>();

    [Theory]
    // Of the server or the connection.
    [InlineData(Stage.Sender, 421, "4.3.2 shutting down", RefusalScope.Server, true)]
    [InlineData(Stage.Recipient, 421, "shutting down", RefusalScope.Server, true)]
    [InlineData(Stage.Content, 421, "4.4.2 time-out", RefusalScope.Server, true)]
    [InlineData(Stage.Sender, 451, "4.3.0 queue file write error", RefusalScope.Server, true)]
    [InlineData(Stage.Sender, 452, "4.3.1 insufficient system storage", RefusalScope.Server, true)]
    [InlineData(Stage.Recipient, 452, "4.3.1 insufficient system storage", RefusalScope.Server, true)]
    [InlineData(Stage.Content, 451, "4.3.2 system not accepting network messages", RefusalScope.Server, true)]
    [InlineData(Stage.Recipient, 503, "5.5.1 need MAIL first", RefusalScope.Server, true)]
    // Of the sign-in.
    [InlineData(Stage.Sender, 530, "5.7.57 Client not authenticated to send mail", RefusalScope.SignIn, true)]
    [InlineData(Stage.Recipient, 530, "5.7.0 authentication required", RefusalScope.SignIn, true)]
    [InlineData(Stage.Sender, 535, "5.7.8 credentials invalid", RefusalScope.SignIn, true)]
    [InlineData(Stage.Sender, 550, "5.7.11 encryption needed", RefusalScope.SignIn, true)]
    [InlineData(Stage.Data, 454, "4.7.0 temporary authentication failure", RefusalScope.SignIn, true)]
    [InlineData(Stage.Sender, 432, "4.7.12 a password transition is needed", RefusalScope.SignIn, true)]
    // Of the sender address.
    [InlineData(Stage.Sender, 553, "sender rejected", RefusalScope.Sender, false)]
    [InlineData(Stage.Recipient, 550, "5.1.8 bad outbound sender", RefusalScope.Sender, true)]
    [InlineData(Stage.Recipient, 450, "4.1.8 sender domain not found", RefusalScope.Sender, true)]
    [InlineData(Stage.Content, 550, "5.7.60 Client does not have permissions to send as this sender", RefusalScope.Sender, true)]
    [InlineData(Stage.Content, 554, "5.2.252 SendAsDenied; a@example.org not allowed to send as b@example.org", RefusalScope.Sender, true)]
    [InlineData(Stage.Content, 554, "5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException", RefusalScope.Sender, true)]
    // Of the message.
    [InlineData(Stage.Sender, 552, "5.3.4 message too large", RefusalScope.Message, false)]
    [InlineData(Stage.Data, 554, "5.5.1 no valid recipients", RefusalScope.Message, false)]
    [InlineData(Stage.Content, 554, "5.7.1 taken for spam", RefusalScope.Message, false)]
    [InlineData(Stage.Content, 550, "5.6.0 malformed", RefusalScope.Message, false)]
    [InlineData(Stage.Content, 552, "never", RefusalScope.Message, false)]
    [InlineData(Stage.Recipient, 554, "5.7.1 <a@example.org>: Relay access denied", RefusalScope.Message, false)]
    [InlineData(Stage.Recipient, 550, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain", RefusalScope.Message, false)]
    // Of the recipient.
    [InlineData(Stage.Recipient, 450, "4.2.0 greylisted, come back in five minutes", RefusalScope.Recipient, true)]
    [InlineData(Stage.Recipient, 451, "4.7.1 Greylisting in action", RefusalScope.Recipient, true)]
    [InlineData(Stage.Content, 451, "4.7.1 greylisted", RefusalScope.Message, true)]
    [InlineData(Stage.Content, 451, "4.3.0 queue file write error", RefusalScope.Server, true)]
    [InlineData(Stage.Recipient, 452, "4.2.2 over quota", RefusalScope.Recipient, true)]
    [InlineData(Stage.Recipient, 451, "4.3.0 temporary lookup failure", RefusalScope.Recipient, true)]
    [InlineData(Stage.Recipient, 550, "no", RefusalScope.Recipient, false)]
    [InlineData(Stage.Recipient, 550, "5.7.1 policy", RefusalScope.Recipient, false)]
    [InlineData(Stage.Recipient, 552, "5.2.2 mailbox full", RefusalScope.Recipient, false)]
    [InlineData(Stage.Content, 550, "5.2.1 mailbox disabled", RefusalScope.Recipient, false)]
    public void A_refusal_is_read_by_code_enhanced_code_and_stage(Stage stage, int code, string text, RefusalScope scope, bool isForNow)
    {
        var answer = SmtpReplies.Read(stage, code, text);

        Assert.Equal((scope, isForNow), answer switch
        {
            MailAnswer.RefusedForNow refused => (refused.Scope, true),
            MailAnswer.RefusedForGood refused => (refused.Scope, false),
            _ => throw new InvalidOperationException(answer.ToString()),
        });
        Assert.False(answer is MailAnswer.RefusedForGood { IsBadAddress: true });
    }

    [Theory]
    [InlineData(Stage.Recipient, 550, "5.1.1 no such user", true)]
    [InlineData(Stage.Recipient, 550, "5.1.2 no such domain", true)]
    [InlineData(Stage.Recipient, 556, "5.1.10 the domain takes no mail", true)]
    [InlineData(Stage.Content, 550, "5.1.1 no such user", true)]
    [InlineData(Stage.Recipient, 550, "no such user 5.1.1", false)]
    [InlineData(Stage.Recipient, 550, "5.1.100 unheard of", false)]
    [InlineData(Stage.Recipient, 450, "4.1.1 not known yet", false)]
    [InlineData(Stage.Recipient, 550, "5.2.1 mailbox disabled", false)]
    public void Only_an_enhanced_code_at_the_beginning_says_that_there_is_no_such_address(Stage stage, int code, string text, bool isBad)
        => Assert.Equal(isBad, SmtpReplies.Read(stage, code, text) is MailAnswer.RefusedForGood { IsBadAddress: true, Scope: RefusalScope.Recipient });

    [Fact]
    public void No_reply_is_beyond_the_table_and_none_of_4xx_is_for_good()
    {
        string[] texts = ["", "words", .. from subject in Enumerable.Range(0, 8) from detail in Enumerable.Range(0, 12) select $"X.{subject}.{detail} words"];
        foreach (var stage in Stages)
            for (var code = 400; code < 600; code++)
                foreach (var text in texts)
                {
                    var answer = SmtpReplies.Read(stage, code, text.Replace('X', (char)('0' + (code / 100))));
                    if (code < 500)
                        Assert.IsType<MailAnswer.RefusedForNow>(answer);
                    // What is said to MAIL is about no recipient.
                    var scope = answer is MailAnswer.RefusedForNow now ? now.Scope : Assert.IsType<MailAnswer.RefusedForGood>(answer).Scope;
                    Assert.True(stage != Stage.Sender || scope != RefusalScope.Recipient, $"{stage} {code} {text}");
                }
    }

    [Theory]
    [InlineData("5.1.1 a", 5, 1, 1)]
    [InlineData(" 4.7.28\tb", 4, 7, 28)]
    [InlineData("2.0.0", 2, 0, 0)]
    public void An_enhanced_code_is_read_at_the_beginning_of_the_text(string text, int level, int subject, int detail)
        => Assert.Equal(new EnhancedCode(level, subject, detail), EnhancedCode.At(text));

    [Theory]
    [InlineData("")]
    [InlineData("3.1.1 no class")]
    [InlineData("5.1")]
    [InlineData("5.1.1.1 an address")]
    [InlineData("5.1.1234")]
    [InlineData("host 5.1.1")]
    public void What_is_no_enhanced_code_is_none(string text) => Assert.Null(EnhancedCode.At(text));
}
