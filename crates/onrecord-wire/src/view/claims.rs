//! Section 2: what several say alike, who denies it, how many origins stand behind it.

use std::collections::BTreeMap;

use onrecord_read::SpeakerKind;
use onrecord_record::{Claim, ItemRef, Origin, Standing};

use super::gather::Gather;
use super::name::date;
use super::{ClaimItem, Claims, Denial, OriginLine};
use crate::words;

impl Gather<'_> {
    pub(super) fn claims(&mut self) -> Claims {
        let mut claims = Claims { standing: Vec::new(), single: Vec::new(), own_voice: Vec::new() };
        let record = self.record;
        let mut sorted: Vec<&Claim> = record.claims.iter().collect();
        sorted.sort_by_key(|claim| order(claim.standing));
        for (number, claim) in sorted.into_iter().enumerate() {
            let Some(item) = self.claim(&format!("c{}", number + 1), claim) else { continue };
            let first = claim.assertions.first().and_then(|at| self.assertion(*at));
            let own_voice = first.is_some_and(|assertion| assertion.speaker.kind == SpeakerKind::Author);
            match claim.standing {
                Standing::SingleOrigin if own_voice => claims.own_voice.push(item),
                Standing::SingleOrigin => claims.single.push(item),
                _ => claims.standing.push(item),
            }
        }
        claims
    }

    /// Labels of the claims, by place in the record: as [`Self::claims`] numbers them.
    pub(super) fn claim_ids(&self) -> BTreeMap<usize, String> {
        let mut places: Vec<(u8, usize)> =
            self.record.claims.iter().enumerate().map(|(at, claim)| (order(claim.standing), at)).collect();
        places.sort_unstable();
        places.into_iter().enumerate().map(|(number, (_, at))| (at, format!("c{}", number + 1))).collect()
    }

    pub(super) fn claim(&mut self, id: &str, claim: &Claim) -> Option<ClaimItem> {
        let first = *claim.assertions.first()?;
        let origins = claim.origins.iter().map(|origin| self.origin(id, origin)).collect();
        let denials = claim.denied_by.iter().filter_map(|at| self.denial(id, *at)).collect();
        Some(ClaimItem {
            id: id.to_owned(),
            standing: claim.standing,
            who: self.told_by(first)?,
            words: self.said(first, id)?,
            outlets: claim.outlets.clone(),
            publishers: claim.publishers.len(),
            origins,
            unnamed: claim.unnamed,
            denials,
            rating: self.rating(claim),
            reasons: claim.reasons.clone(),
        })
    }

    fn origin(&mut self, id: &str, origin: &Origin) -> OriginLine {
        let at = origin.assertions.first().map_or((0, 0), |item| (item.entry, item.article));
        let occasion = origin.occasion.and_then(|at| {
            let (entry, article) = words::home(self.record, at.entry, at.article)?;
            Some(words::as_printed(article, &entry.page.source, at.span))
        });
        let when: Vec<String> = occasion.into_iter().chain(origin.said.as_deref().map(date)).collect();
        OriginLine {
            who: self.speaker(&origin.speaker, at),
            when: (!when.is_empty()).then(|| when.join(", ")),
            is_party: origin.party_to_dispute,
            places: origin.assertions.iter().filter_map(|item| self.said_at(*item, id)).collect(),
        }
    }

    fn denial(&mut self, id: &str, at: ItemRef) -> Option<Denial> {
        Some(Denial { who: self.speaker_of(at)?, words: self.said(at, id)? })
    }
}

/// What is disputed first, then what has several origins.
const fn order(standing: Standing) -> u8 {
    match standing {
        Standing::Contested => 0,
        Standing::Corroborated => 1,
        Standing::Repeated => 2,
        Standing::SingleOrigin => 3,
    }
}
