"""What a definition says of data: JSONPath, intrinsic functions, JSONata, Choice rules.

- `template`, `path`, `jsonata`, `choice`: what the engine calls
- `check`: what creation refuses
- `json_path`, `intrinsics`: the languages of JSONPath states

What fails raises StateFailed. Its cause is without the sentence that names the state and its
event ("An error occurred while executing the state ..."): the engine knows them and puts it first.
"""
