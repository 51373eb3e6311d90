//! Which other services a service asks: options of the command line and the environment, over `[run]`
//! of `groundplan.toml`.

#[cfg(test)]
mod tests;

use std::time::Duration;

use groundplan_live::{OutsideOptions, Secret, ServiceAddress};
use groundplan_model::ServicePlan;
use groundplan_model::service::Outside;

use crate::config::Config;
use crate::exit::Failure;

/// The variable that names the upstream.
const UPSTREAM: &str = "GROUNDPLAN_UPSTREAM";

/// Which other services the service asks.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Other services")]
pub(crate) struct OutsideFlags {
    /// The service that answers what nothing in the document explains, such as http://localhost:3000;
    /// what it answers with 501 is answered here
    #[arg(long, value_name = "URL", env = UPSTREAM, hide_env = true)]
    upstream: Option<String>,

    /// Where a service is that the document names, as often as needed: catalog=https://…
    /// [default: GROUNDPLAN_SERVICE_CATALOG, or the answer that the document shows]
    #[arg(long = "service", value_name = "NAME=URL", value_parser = pair)]
    services: Vec<(String, String)>,

    /// How long a request waits for other services [default: 30]
    #[arg(long, value_name = "SECONDS", env = "GROUNDPLAN_OUTSIDE_TIMEOUT", hide_env = true)]
    outside_timeout: Option<u64>,
}

impl OutsideFlags {
    /// What they come to over the environment and `config`, for the services of `plan`.
    pub(super) fn options(
        &self,
        config: &Config,
        plan: &ServicePlan,
    ) -> Result<OutsideOptions, Failure> {
        let it = OutsideOptions::default();
        let set = self.upstream.as_deref().or_else(|| config.text("run.upstream"));
        let in_file = || u64::try_from(config.count("run.outside-timeout")?).ok();
        let seconds = self.outside_timeout.or_else(in_file);
        Ok(OutsideOptions {
            upstream: named(set),
            services: self.services(config, plan, &|name| std::env::var(name).ok())?,
            patience: seconds.map_or(it.patience, Duration::from_secs),
        })
    }

    fn services(
        &self,
        config: &Config,
        plan: &ServicePlan,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Vec<ServiceAddress>, Failure> {
        let is_known = |name: &String| plan.outside.iter().any(|it| it.name == *name);
        if let Some((name, _)) = self.services.iter().find(|(name, _)| !is_known(name)) {
            return Err(unknown(name, plan));
        }
        let in_file = config.named("run.services");
        let one = |it: &Outside| {
            let of = |pairs: &[(String, String)]| {
                pairs.iter().rfind(|(name, _)| *name == it.name).map(|(_, url)| url.clone())
            };
            let own = format!("GROUNDPLAN_SERVICE_{}", it.name.to_uppercase());
            let url = of(&self.services).or_else(|| variable(&own)).or_else(|| of(&in_file));
            let secret = variable(&format!("{own}_AUTHORIZATION")).filter(|it| !it.is_empty());
            Some(ServiceAddress {
                name: it.name.clone(),
                url: url.filter(|url| !url.is_empty())?,
                authorization: secret.map(Secret::new),
            })
        };
        Ok(plan.outside.iter().filter_map(one).collect())
    }
}

fn unknown(name: &str, plan: &ServicePlan) -> Failure {
    let known: Vec<&str> = plan.outside.iter().map(|it| it.name.as_str()).collect();
    let help = match known.as_slice() {
        [] => "it names none among its dependencies that is asked by HTTP".to_owned(),
        known => format!("it names {}", known.join(", ")),
    };
    Failure::new(format!("`{}` names no service `{name}`", plan.source.path()), help)
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, url) = text.split_once('=').ok_or("write it as NAME=URL")?;
    Ok((name.trim().to_owned(), url.trim().to_owned()))
}

/// The upstream that the environment or the configuration names, for those who only tell about it.
pub(crate) fn upstream(config: &Config) -> Option<String> {
    let set = std::env::var(UPSTREAM).ok();
    named(set.as_deref().or_else(|| config.text("run.upstream")))
}

/// An empty one turns off what a lower place says.
fn named(set: Option<&str>) -> Option<String> {
    set.filter(|url| !url.is_empty()).map(str::to_owned)
}

/// What is said at the start of each service that rules call: where it is, or what stands in.
pub(crate) fn told(plan: &ServicePlan, options: &OutsideOptions) -> Vec<String> {
    let mut told = Vec::new();
    for (at, service) in plan.outside.iter().enumerate() {
        let rules = plan.routes.iter().filter_map(|route| route.rule.as_ref());
        let calls: Vec<_> =
            rules.flat_map(|rule| rule.calls()).filter(|call| call.service == at).collect();
        if calls.is_empty() {
            continue;
        }
        let name = &service.name;
        let address = options.services.iter().find(|it| it.name == *name);
        told.push(match address {
            Some(address) => format!("{name} at {}", address.url),
            None if calls.iter().all(|call| call.example.is_some()) => {
                format!("{name} has no address: the document's example answers")
            }
            None => format!("{name} has no address: calls fail; name it with --service {name}=URL"),
        });
    }
    told
}
