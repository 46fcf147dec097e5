using System.Net;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Subscribers;

/// <summary>Somebody whom staff put on the list by its form.</summary>
internal static class AddedPerson
{
    /// <returns>Their number.</returns>
    public static async Task<int> AddAsync(PulseApp app, Visitor publisher, string email)
    {
        var added = await publisher.SubmitAsync(
            await publisher.GetAsync("/editor/subscribers/add"), new() { ["Email"] = email, ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "Asked at the spring conference" }, "#add");
        Assert.Equal(HttpStatusCode.Redirect, added.Status);
        return await app.QueryAsync(db => db.Subscribers.Where(row => row.Email == email).Select(row => row.Id).SingleAsync());
    }
}
