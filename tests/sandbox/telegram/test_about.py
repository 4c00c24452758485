"""What the bot tells of itself."""


async def test_commands_are_kept_by_scope_and_language(api):
    one, two = [{"command": "a", "description": "A"}], [{"command": "b", "description": "B"}]
    scope = {"type": "all_private_chats"}
    await api("setMyCommands", commands=one)
    await api("setMyCommands", commands=two, scope=scope, language_code="de")
    assert await api("getMyCommands") == one
    assert await api("getMyCommands", scope=scope, language_code="de") == two
    assert await api("getMyCommands", scope=scope) == []
    await api("deleteMyCommands")
    assert await api("getMyCommands") == []


async def test_bad_commands_are_refused(api):
    for command, description, why in (
        ("Bad", "x", "BOT_COMMAND_INVALID"),
        ("a" * 33, "x", "BOT_COMMAND_INVALID"),
        ("ok", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
    ):
        commands = [{"command": command, "description": description}]
        assert await api.refused("setMyCommands", commands=commands) == f"Bad Request: {why}"
    many = [{"command": f"c{number}", "description": "x"} for number in range(101)]
    assert await api.refused("setMyCommands", commands=many) == "Bad Request: BOT_COMMANDS_TOO_MUCH"


async def test_names_and_descriptions_are_kept_by_language(api):
    for what, key in (("Name", "name"), ("Description", "description"), ("ShortDescription", "short_description")):
        await api(f"setMy{what}", **{key: "for all"})
        await api(f"setMy{what}", **{key: "deutsch"}, language_code="de")
        assert await api(f"getMy{what}") == {key: "for all"}
        assert await api(f"getMy{what}", language_code="de") == {key: "deutsch"}
        assert await api(f"getMy{what}", language_code="fr") == {key: "for all"}
        assert await api.refused(f"setMy{what}", **{key: "x" * 600}) == f"Bad Request: {key} is too long"


async def test_leaving_is_accepted(api):
    assert await api("logOut") is True
    assert await api("close") is True
