using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.Returns;

/// <param name="Waiting">Replies that nobody has dealt with.</param>
public sealed record ReturnsNotice(int Waiting, bool IsFailing);

/// <summary>A line on the desk's first page, for publishers, while something waits.</summary>
public sealed class ReturnsNoticeViewComponent(ReturnDesk desk, IOptions<MailOptions> mail) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        if (!mail.Value.Bounces.Imap.IsSet)
            return Content("");
        var cancelled = HttpContext.RequestAborted;
        return View("/Areas/Editor/Returns/_Notice.cshtml", new ReturnsNotice(await desk.WaitingAsync(cancelled), (await desk.MailboxAsync(cancelled)).Problem is not null));
    }
}
