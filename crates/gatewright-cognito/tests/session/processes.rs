//! Real processes over one file: this test starts itself again.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::time::SystemTime;

use gatewright::{Body, BoxError, HttpService};
use gatewright_cognito::{FileStore, Secret, TokenStore};
use http::{Request, Response};
use tokio::runtime::{Handle, Runtime};
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, spawn_blocking};

use super::*;
use crate::support::Fault;

const NAME: &str = "session::processes::processes_over_one_file_refresh_once_and_all_live";
const PROCESSES: usize = 4;
/// What a process says when it is about to renew tokens.
const READY: &str = "Ready";
/// Before the token that a process prints.
const TOKEN: &str = "token: ";

#[test]
fn processes_over_one_file_refresh_once_and_all_live() {
    let runtime = Runtime::new().unwrap();
    match env::var("SESSION_TEST_SERVER") {
        Ok(server) => runtime.block_on(child(&server)),
        // A process that ended without a word would be waited for.
        Err(_) => runtime.block_on(async {
            let limit = Duration::from_secs(60);
            tokio::time::timeout(limit, parent()).await.unwrap();
        }),
    }
}

async fn parent() {
    let cognito = cognito(Settings {
        rotation: Some(Duration::ZERO),
        ..Settings::default()
    });
    let directory = Directory::new("processes");
    let store = FileStore::new(directory.file());
    let session = builder(&cognito).store(store).build().unwrap();
    sign_in(&session, "alice").await;
    cognito.advance(OVER_AN_HOUR);

    // Nobody gets a response before everybody wants one.
    let ready = Arc::new(Semaphore::new(0));
    let responses = Arc::new(Semaphore::new(0));
    cognito.fail_once(
        "GetTokensFromRefreshToken",
        Fault::Hold(Arc::clone(&responses)),
    );
    let server = serve(cognito.clone(), Arc::clone(&ready));
    let mut children = JoinSet::new();
    for _ in 0..PROCESSES {
        let command = command(&server, &directory, &cognito);
        children.spawn_blocking(|| token_of(command));
    }
    ready.acquire_many(PROCESSES as u32).await.unwrap().forget();
    responses.add_permits(1);

    let tokens = children.join_all().await;
    let expected = access(&session).await.unwrap();
    assert!(tokens.iter().all(|token| *token == expected), "{tokens:?}");
    assert_eq!(tokens.len(), PROCESSES);
    assert_eq!(cognito.count("GetTokensFromRefreshToken"), 1);
}

fn command(server: &str, directory: &Directory, cognito: &Cognito) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([NAME, "--exact", "--nocapture"])
        .env("SESSION_TEST_SERVER", server)
        .env("SESSION_TEST_STORE", directory.file())
        .env("SESSION_TEST_NOW", cognito.clock().seconds().to_string());
    command
}

fn token_of(mut command: Command) -> String {
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let token = text
        .split(TOKEN)
        .nth(1)
        .and_then(|rest| rest.lines().next());
    token.unwrap_or_else(|| panic!("{text}")).to_owned()
}

/// Says so before it takes the lock: the process has looked at the old tokens, and wants new ones.
struct Announcing {
    store: FileStore,
    server: String,
}

impl TokenStore for Announcing {
    type Lock = <FileStore as TokenStore>::Lock;

    fn place(&self) -> String {
        self.store.place()
    }

    async fn lock(&self) -> Result<Self::Lock, BoxError> {
        let ready = Request::post("/").header("x-amz-target", READY);
        ask(self.server.clone(), ready.body(Body::empty())?).await?;
        self.store.lock().await
    }

    async fn read(&self) -> Result<Option<Secret>, BoxError> {
        self.store.read().await
    }

    async fn write(&self, document: Secret) -> Result<(), BoxError> {
        self.store.write(document).await
    }
}

async fn child(server: &str) {
    let store = Announcing {
        store: FileStore::new(env::var("SESSION_TEST_STORE").unwrap()),
        server: server.to_owned(),
    };
    let now = env::var("SESSION_TEST_NOW").unwrap().parse().unwrap();
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(now);
    let server = server.to_owned();
    let transport = move |request| ask(server.clone(), request);
    let session = Session::builder()
        .user_pool(user_pool())
        .identity_pool(identity_pool())
        .store(store)
        .clock(move || now)
        .transport(tower::service_fn(transport))
        .build()
        .unwrap();
    println!("{TOKEN}{}", access(&session).await.unwrap());
}

/// One connection for a request: a line with the operation, and the input; the response is the output.
async fn ask(server: String, request: Request<Body>) -> Result<Response<Body>, BoxError> {
    let target = request.headers()["x-amz-target"].to_str()?.to_owned();
    let input = request.into_body().into_bytes(1 << 20).await?;
    let asked = spawn_blocking(move || {
        let mut stream = TcpStream::connect(server)?;
        writeln!(stream, "{target}")?;
        stream.write_all(&input)?;
        stream.shutdown(Shutdown::Write)?;
        let mut output = Vec::new();
        stream.read_to_end(&mut output)?;
        Ok::<_, std::io::Error>(output)
    });
    Ok(Response::new(Body::from(asked.await??)))
}

/// The other side of [`ask`], in threads of its own. They end with the process.
fn serve(cognito: Cognito, ready: Arc<Semaphore>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let runtime = Handle::current();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (cognito, ready) = (cognito.clone(), Arc::clone(&ready));
            let runtime = runtime.clone();
            std::thread::spawn(move || response(&stream.unwrap(), &cognito, &ready, &runtime));
        }
    });
    address
}

fn response(mut stream: &TcpStream, cognito: &Cognito, ready: &Semaphore, runtime: &Handle) {
    let mut reader = BufReader::new(stream);
    let (mut target, mut input) = (String::new(), Vec::new());
    reader.read_line(&mut target).unwrap();
    reader.read_to_end(&mut input).unwrap();
    if target.trim() == READY {
        ready.add_permits(1);
        return;
    }
    let request = Request::post("/")
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", target.trim());
    let request = request.body(Body::from(input)).unwrap();
    let output = runtime.block_on(async {
        let response = cognito.service().send(request).await.unwrap();
        response.into_body().into_bytes(1 << 20).await.unwrap()
    });
    stream.write_all(&output).unwrap();
}
