using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Features;

/// <summary>A list of items, with the words that were searched for.</summary>
public sealed record ItemListView(ItemPage Page, FoundWords Words);
